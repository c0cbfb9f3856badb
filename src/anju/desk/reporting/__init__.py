"""记一单: writing down what somebody says on the phone or at the counter."""
