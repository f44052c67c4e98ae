"""One year's forum: its name, dates, venue, phases and terms."""
