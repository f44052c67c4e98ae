import django.db.models.deletion
import montada.language.engine.text
import montada.language.fields
import montada.stocktaking.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('framework', '0001_first_tables'),
        ('participation', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('key', models.CharField(default=montada.stocktaking.models.key_of_its_own, max_length=32, unique=True)),
                ('title', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('sort_key', models.CharField(db_index=True, max_length=300)),
                ('first_year', models.PositiveSmallIntegerField(db_index=True, null=True)),
                ('last_year', models.PositiveSmallIntegerField(db_index=True, null=True)),
                ('source_url', models.URLField(max_length=500)),
                ('action_lines', models.ManyToManyField(blank=True, related_name='+', to='framework.actionline')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.country')),
                ('goals', models.ManyToManyField(blank=True, related_name='+', to='framework.goal')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.organisation')),
                ('stakeholder_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.stakeholdergroup')),
            ],
            options={
                'ordering': ('-last_year', 'sort_key', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ProjectDistinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='distinctions', to='stocktaking.project')),
            ],
            options={
                'ordering': ('year', 'kind'),
            },
        ),
    ]
