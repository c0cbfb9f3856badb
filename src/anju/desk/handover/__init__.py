"""One's own turn, the handover sheet, stand-ins."""
