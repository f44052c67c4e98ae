"""Maps of countries as numbers and paths: from a TopoJSON to what a page draws."""
