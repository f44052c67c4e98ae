import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('edition', '0002_links_between_tables'),
        ('framework', '0002_links_between_tables'),
        ('stocktaking', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(db_index=True, null=True)),
                ('result', models.CharField(max_length=10)),
                ('source_url', models.URLField(max_length=500)),
                ('action_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.actionline')),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='edition.edition')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stocktaking.project')),
            ],
            options={
                'ordering': ('-year', 'pk'),
            },
        ),
    ]
