-- For whom a check-up was held and out of whose money: counted for offices (outreach/sql/checkups.sql), shown to nobody.
SELECT access_wall('exchange_checkup', '(SELECT access_may(''machine''))');
