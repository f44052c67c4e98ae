import django.db.models.deletion
import montada.language.engine.text
import montada.language.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('edition', '0002_links_between_tables'),
        ('framework', '0001_first_tables'),
        ('participation', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('year', models.PositiveSmallIntegerField(db_index=True, null=True)),
                ('number', models.CharField(blank=True, max_length=12)),
                ('title', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('sort_key', models.CharField(db_index=True, max_length=300)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('session_type', models.CharField(blank=True, max_length=80)),
                ('labels_basis', models.CharField(blank=True, max_length=30)),
                ('source_url', models.URLField(max_length=500)),
                ('action_lines', models.ManyToManyField(blank=True, related_name='+', to='framework.actionline')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='edition.edition')),
                ('goals', models.ManyToManyField(blank=True, related_name='+', to='framework.goal')),
                ('organisers', models.ManyToManyField(blank=True, related_name='+', to='participation.organisation')),
            ],
            options={
                'ordering': ('-year', '-held_on', 'starts_at', 'pk'),
            },
        ),
    ]
