"""SMS. The carrier puts 【sign】 in front; a gateway that loses its answer may have sent."""
