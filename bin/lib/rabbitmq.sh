# Sourced by bin/test and bin/bench: a RabbitMQ of their own, and what it takes to start and end processes cleanly.
# The script that sources it has set:
#   root   the directory of the sources
#   nodes  a directory for the nodes of this script alone; each run has its node in a directory below it
#   owner  how this script shows in the command line of its process: bin/test
# shellcheck shell=bash

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

note() { printf '== %s\n' "$*"; }

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

# Whether the process of this number was started with this in its command line.
is_process() {
    [[ $1 =~ ^[0-9]+$ ]] && { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null | grep -qF -- "$2"
}

# A process by its number and by what makes it ours: the number alone may belong to another program by now.
end_process() {
    local pid=$1 mark=$2 i
    is_process "$pid" "$mark" || return 0
    kill "$pid" 2>/dev/null || return 0
    for ((i = 0; i < 100; i++)); do
        is_process "$pid" "$mark" || return 0
        sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
}

# The node, Maven, and what the tests started, of a run that was itself killed.
clear_leftovers() {
    local directory
    for directory in "$nodes"/*/; do
        [[ -d $directory ]] || continue
        # of a run that goes on beside this one
        if [[ -f $directory/owner ]] && is_process "$(<"$directory/owner")" "$owner"; then
            continue
        fi
        stop_node "${directory%/}"
    done
}

stop_node() {
    local directory=$1 started data
    if [[ -f $directory/maven ]]; then
        # the JVMs of the tests end with it
        end_process "$(<"$directory/maven")" "-Dmaven.multiModuleProjectDirectory=$root"
    fi
    for started in "$directory"/applications/*; do
        [[ -f $started ]] || continue
        # named after the process, with its data directory inside
        data=$(<"$started")
        end_process "${started##*/}" "$data"
        [[ ! -f $data/postgres/18/postmaster.pid ]] ||
            end_process "$(head -n 1 "$data/postgres/18/postmaster.pid")" "$data"
    done
    if [[ -f $directory/pid ]]; then
        end_process "$(<"$directory/pid")" "$directory"
    fi
    if [[ -f $directory/environment ]]; then
        # its port mapper, on a port of its own, which knew no other node
        (. "$directory/environment" && epmd -kill >/dev/null 2>&1) || true
    fi
    if [[ -f $directory/container ]]; then
        docker rm -f "$(<"$directory/container")" >/dev/null 2>&1 || true
    fi
    rm -rf "$directory"
}

find_rabbitmq() {
    local candidate
    for candidate in /usr/lib/rabbitmq/bin /opt/rabbitmq/sbin /usr/local/sbin; do
        if [[ -x $candidate/rabbitmq-server ]]; then
            rabbitmq=$candidate
            return 0
        fi
    done
    return 1
}

# Debian packages, without the services that they bring.
install_packages() {
    note "Installing $* (Debian)"
    local policy=/usr/sbin/policy-rc.d placed=
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        placed=1
    fi
    local log=$root/target/apt.log
    {
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
            { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }
    } >"$log" 2>&1 </dev/null || {
        [[ -z $placed ]] || rm -f "$policy"
        tail -n 20 "$log" >&2
        fail "$* could not be installed; see $log"
    }
    [[ -z $placed ]] || rm -f "$policy"
}

# Starts a node in the directory $node, which will listen on $node_port and know $node_user with $node_password.
start_node() {
    node=$nodes/$(date +%s)-$$
    mkdir -p "$node/home" "$node/log" "$node/mnesia"
    echo $$ >"$node/owner"
    local user=pregonero password port
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    port=$(free_port)
    if [[ -n ${rabbitmq:-} ]]; then
        local dist name
        dist=$(free_port)
        name=pregonero-$$-$RANDOM@localhost
        od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$node/home/.erlang.cookie"
        chmod 400 "$node/home/.erlang.cookie"
        cat >"$node/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
default_user = $user
default_pass = $password
loopback_users.$user = true
disk_free_limit.absolute = 50MB
CONF
        : >"$node/enabled_plugins"
        # A port mapper of its own as well, on the loopback interface: Erlang's usual one may serve other nodes.
        cat >"$node/environment" <<ENV
export HOME=$node/home RABBITMQ_NODENAME=$name RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_CONFIG_FILE=$node/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$node/enabled_plugins
export RABBITMQ_MNESIA_BASE=$node/mnesia RABBITMQ_LOG_BASE=$node/log RABBITMQ_PID_FILE=$node/rabbit.pid
export RABBITMQ_DIST_PORT=$dist RABBITMQ_NODE_PORT=$port RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$(free_port)
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
ENV
        cat >"$node/rabbitmqctl" <<CTL
#!/usr/bin/env bash
. "$node/environment"
exec "$rabbitmq/rabbitmqctl" "\$@"
CTL
        chmod +x "$node/rabbitmqctl"
        note "Starting RabbitMQ on 127.0.0.1:$port"
        (
            . "$node/environment"
            exec setsid "$rabbitmq/rabbitmq-server" >"$node/log/console.log" 2>&1 </dev/null
        ) &
        local i
        for ((i = 0; i < 60; i++)); do
            [[ -s $node/rabbit.pid ]] && cp "$node/rabbit.pid" "$node/pid" && break
            sleep 0.5
        done
    else
        local container=pregonero-rabbitmq-$$
        note "Starting RabbitMQ in a container"
        echo "$container" >"$node/container"
        docker run -d --name "$container" -p "127.0.0.1:$port:5672" \
            -e RABBITMQ_DEFAULT_USER=$user -e RABBITMQ_DEFAULT_PASS="$password" rabbitmq:4 >/dev/null
        printf '#!/bin/sh\nexec docker exec %s rabbitmqctl "$@"\n' "$container" >"$node/rabbitmqctl"
        chmod +x "$node/rabbitmqctl"
    fi
    node_port=$port
    node_user=$user
    node_password=$password
}

# Until the node takes connections. In a container, nothing can be asked at first.
await_node() {
    local i
    for ((i = 0; i < 60; i++)); do
        timeout 90 "$node/rabbitmqctl" -q await_startup >"$node/log/await.log" 2>&1 && return 0
        [[ -f $node/container ]] || break
        sleep 1
    done
    tail -n 30 "$node"/log/*.log >&2
    fail "RabbitMQ did not start."
}

end_node() {
    [[ -n ${node:-} ]] || return 0
    if [[ -x $node/rabbitmqctl && -f $node/environment ]]; then
        timeout 30 "$node/rabbitmqctl" -q stop "$node/rabbit.pid" >/dev/null 2>&1 || true
    fi
    stop_node "$node"
}

# There is a RabbitMQ to start after this, or a Docker that has one.
provide_rabbitmq() {
    find_rabbitmq && return 0
    if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
        install_packages rabbitmq-server
        find_rabbitmq || fail "rabbitmq-server is installed, but not where it was looked for."
    elif ! docker info >/dev/null 2>&1; then
        fail "This needs a RabbitMQ, and there is none." \
            "Install one (sudo apt-get install rabbitmq-server), or run this script as root, or start Docker."
    fi
}
