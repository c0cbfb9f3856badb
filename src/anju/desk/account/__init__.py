"""我的账号: where I am logged in, my password, my authenticator, my tokens; for every member of staff."""
