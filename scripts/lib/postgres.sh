# A private PostgreSQL for a script: reachable only through a socket in its own folder, so it is in
# nobody's way. To be sourced.
#
#   find_postgres              prints the folder with the server programs; fails if there is none
#   start_postgres OPTIONS     makes and starts a cluster; its superuser's URL is $postgres_url
#   stop_postgres              stops it and takes it away, if there is one

postgres_folder=
postgres_url=

# On the PATH, or where Debian keeps the newest.
find_postgres() {
    local folder
    for folder in ${PATH//:/ } $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
            printf '%s\n' "$folder"
            return
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root.
as_server() {
    local server=postgres
    if [ "$(id -u)" -ne 0 ]; then
        (cd / && "$@")
        return
    fi
    if ! id -u "$server" >/dev/null 2>&1; then server=nobody; fi
    (cd / && setpriv --reuid "$server" --regid "$(id -g "$server")" --clear-groups "$@")
}

start_postgres() {
    local programs
    programs=$(find_postgres) || return
    postgres_folder=$(mktemp -d /tmp/diudat-pg-XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then
        chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$postgres_folder"
    fi
    local data=$postgres_folder/data log=$postgres_folder/server.log
    local socket="-k '$postgres_folder' -c listen_addresses=''"
    if ! {
        as_server "$programs/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C --no-sync &&
            as_server "$programs/pg_ctl" -D "$data" -l "$log" -w -t 60 -o "$socket $1" start
    } >"$postgres_folder.log" 2>&1; then
        cat "$postgres_folder.log" "$log" >&2 || true
        rm -f "$postgres_folder.log"
        return 1
    fi
    rm -f "$postgres_folder.log"
    postgres_url="postgres://postgres@localhost/postgres?host=$postgres_folder"
}

stop_postgres() {
    if [ -z "$postgres_folder" ]; then return; fi
    local programs
    if programs=$(find_postgres); then
        as_server "$programs/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1
    fi
    rm -rf "$postgres_folder" "$postgres_folder.log"
    postgres_folder=
}
