"""Parts of the Pojok for other sites: shown in a frame, found by oEmbed, put together on the builder page."""
