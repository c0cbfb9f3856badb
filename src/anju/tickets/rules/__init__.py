"""Pure decisions about work orders: clocks, lights, transitions, dispatch. `now` is always a parameter."""
