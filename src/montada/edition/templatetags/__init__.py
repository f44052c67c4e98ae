"""Tags that write an edition's place, time zone and sources' words."""
