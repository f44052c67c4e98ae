"""
IATI activity files, in and out.

Begin with `reading.open_iati`, `writing.write_iati` and the values they speak in.

Source: the activity standard of the International Aid Transparency Initiative, versions
1.00 to 2.03 (iatistandard.org): schemas, code lists and their explanations.
"""
