/** Statements that keep in the table write_log which connection, by its name, wrote rows of watches and findings. */
export const logWrites = `
	create table write_log (number bigint generated always as identity, app text, relation text, op text);
	create function log_write() returns trigger language plpgsql as $$ begin
		insert into write_log (app, relation, op) values (current_setting('application_name'), tg_relname, tg_op);
		return null;
	end $$;
	create trigger logged after insert or update or delete on smartcloudops.anomalies
		for each row execute function log_write();
	create trigger logged after insert or update or delete on smartcloudops.watch_chunks
		for each row execute function log_write();
	create trigger logged after insert or update or delete on smartcloudops.watch_owners
		for each row execute function log_write()`;
