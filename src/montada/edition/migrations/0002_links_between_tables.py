import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('edition', '0001_first_tables'),
        ('framework', '0001_first_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='country',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.country'),
        ),
        migrations.AddField(
            model_name='phase',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='edition.edition'),
        ),
        migrations.AddField(
            model_name='room',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='edition.edition'),
        ),
        migrations.AddField(
            model_name='term',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='edition.edition'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='phase_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('edition', 'kind'), name='phase_kind_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='term_once_an_edition'),
        ),
    ]
