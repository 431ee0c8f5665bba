# Writes PgBouncer's settings from the environment, and becomes PgBouncer.
set -eu
umask 077
room=${ROOM:-/tmp}
printf '"kiosque" "%s"\n' "$POSTGRES_PASSWORD" > "$room/users"
cat > "$room/pgbouncer.ini" <<END
[databases]
kiosque = host=${DATABASE_HOST:-database} port=${DATABASE_PORT:-5432}

[pgbouncer]
listen_addr = ${LISTEN:-0.0.0.0}
listen_port = ${PORT:-6432}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $room/users
# The shop needs no session: each change is one statement.
pool_mode = transaction
max_prepared_statements = 200
default_pool_size = 20
max_client_conn = 500
END
exec pgbouncer -q "$room/pgbouncer.ini"
