import django.db.models.deletion
import montada.language.engine.text
import montada.language.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('slug', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('definition', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('unit', models.CharField(max_length=60)),
                ('source', models.CharField(max_length=120)),
                ('source_url', models.URLField(blank=True, max_length=500)),
                ('licence', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ('slug',),
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('area', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.FloatField()),
                ('release', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('source_url', models.URLField(blank=True, max_length=500)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='indicators.series')),
            ],
            options={
                'ordering': ('area', 'year', 'release'),
                'constraints': [models.UniqueConstraint(fields=('series', 'area', 'year', 'release'), name='figure_once_a_release')],
            },
        ),
    ]
