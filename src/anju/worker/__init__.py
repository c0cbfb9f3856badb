"""The loop over due rows: news, timers, deliveries. One real worker or ten, or the lab's clock, all run this."""
