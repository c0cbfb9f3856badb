"""《保密协议》 on the screen: read, type one's name, sign (R16.6)."""
