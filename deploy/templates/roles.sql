-- Run once, by the first database server. The limits stand here because PgBouncer does not pass on `options`.
SET synchronous_commit = local;
CREATE ROLE anju LOGIN PASSWORD '$application';
ALTER ROLE anju SET timezone = 'UTC';
ALTER ROLE anju SET statement_timeout = '60s';
ALTER ROLE anju SET idle_in_transaction_session_timeout = '60s';
CREATE DATABASE anju OWNER anju;
