import montada.language.engine.text
import montada.language.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('year', models.PositiveSmallIntegerField(db_index=True)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('theme', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('timezone', models.CharField(default='Europe/Zurich', max_length=40)),
                ('city', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('venue', montada.language.fields.LocalizedTextField(blank=True, default=montada.language.engine.text.LocalizedText)),
                ('mode', models.CharField(blank=True, max_length=20)),
                ('online_url', models.URLField(blank=True, max_length=500)),
                ('organisers', models.JSONField(blank=True, default=list)),
                ('participants', models.PositiveIntegerField(blank=True, null=True)),
                ('participants_basis', models.CharField(blank=True, max_length=300)),
                ('n_countries', models.PositiveIntegerField(blank=True, null=True)),
                ('n_sessions', models.PositiveIntegerField(blank=True, null=True)),
                ('sources', models.JSONField(blank=True, default=list)),
                ('notes', models.TextField(blank=True)),
                ('is_made_up', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('-year', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('opens_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
                ('seats', models.PositiveIntegerField(blank=True, null=True)),
                ('is_online', models.BooleanField(default=False)),
                ('join_url', models.URLField(blank=True, max_length=500)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ('order', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40)),
                ('label', montada.language.fields.LocalizedTextField(default=montada.language.engine.text.LocalizedText)),
            ],
            options={
                'ordering': ('key',),
            },
        ),
    ]
