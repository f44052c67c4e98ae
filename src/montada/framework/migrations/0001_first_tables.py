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
            name='ActionLine',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField(unique=True)),
                ('code_ar', models.CharField(max_length=12)),
                ('title', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('scope', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('lead', models.JSONField(default=list)),
                ('co_facilitators', models.JSONField(default=list)),
                ('matrix_note', models.TextField(blank=True)),
                ('source_url', models.URLField(max_length=500)),
            ],
            options={
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('iso3', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('iso2', models.CharField(max_length=2, unique=True)),
                ('m49', models.CharField(max_length=3, unique=True)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('formal_name', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('is_ldc', models.BooleanField()),
                ('is_lldc', models.BooleanField()),
                ('is_sids', models.BooleanField()),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
            ],
            options={
                'ordering': ('iso3',),
            },
        ),
        migrations.CreateModel(
            name='GdcObjective',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('title', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('scope', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('title', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('official_title', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('m49', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('level', models.CharField(max_length=12)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
            ],
        ),
        migrations.CreateModel(
            name='StakeholderGroup',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
            ],
            options={
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('code', models.CharField(max_length=6, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('title', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
            ],
            options={
                'ordering': ('goal_id', 'order'),
            },
        ),
        migrations.CreateModel(
            name='CountryGroup',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('membership_status', models.CharField(default='recalled', max_length=12)),
                ('members', models.ManyToManyField(related_name='groups', to='framework.country')),
            ],
            options={
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='GenevaTarget',
            fields=[
                ('letter', models.CharField(max_length=1, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('text', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('indicators', models.JSONField(default=list)),
                ('indicators_status', models.CharField(blank=True, max_length=20)),
                ('series', models.JSONField(default=list)),
                ('action_lines', models.ManyToManyField(related_name='+', to='framework.actionline')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='MatrixLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(db_index=True)),
                ('is_linked', models.BooleanField()),
                ('targets', models.JSONField(default=list)),
                ('rationale', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('changed_at', models.DateTimeField()),
                ('source_url', models.URLField(blank=True, max_length=500)),
                ('action_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.actionline')),
            ],
            options={
                'ordering': ('version', 'action_line__order', 'goal_id'),
            },
        ),
    ]
