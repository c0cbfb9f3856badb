"""系统状态: whether the office can keep its promises just now, for those who lead it."""
