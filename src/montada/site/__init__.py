"""The shell around the features: URLs, home, navigation, pages that count several."""
