"""消息模拟器: what the simulated providers took, for the demo and the lab."""
