# Sourced by bin/bench: how long pages take with 200,000 people and 1,000,000 deliveries, beside what they may take.
# shellcheck shell=bash

may_take=0.300

# The pages that show most, and those that look for what is rarest; each with the numbers that the data has.
pages=(/ /planes /personas /personas/1000 /publicos /publicos/1 /bajas /personas/sin-prueba /mensajes /mensajes/1 /mensajes/1/editar
    /aprobaciones /envios /envios/1 /envios/1/avance /envios/1/entregas '/envios/1/entregas?channel=SMS&state=UNDELIVERED'
    /entregas/500000 /alcance /alcance/1 '/alcance/1/personas?cifra=REGISTERED&canal=&publico=' /alcance/mensajes/1
    /mensajes/1/cuentas '/mensajes/1/personas?canal=SMS&motivo=OPTED_OUT' /mensajes/1/programar /mensajes/1/vista/SMS /mensajes/nuevo
    /alcance/4 '/alcance/4/personas?cifra=REGISTERED&canal=&publico=11' '/alcance/4/personas?cifra=UNKNOWN&canal=&publico=11'
    '/alcance/4/personas?cifra=UNKNOWN&canal=&publico=1' '/alcance/4/personas?cifra=READ&canal=EMAIL&publico=11'
    '/alcance/4/personas?cifra=FAILED&canal=&publico=1' '/alcance/4/personas?cifra=CLICKED&canal=&publico='
    /mensajes/4/cuentas '/mensajes/4/personas?canal=EMAIL&motivo=DUPLICATE_ADDRESS' '/mensajes/4/personas?canal=EMAIL&motivo=MISSING_VALUE'
    '/mensajes/4/personas?canal=SMS&motivo=SUPPRESSED'
    /bajas/direcciones /publicos/nuevo /canales /plantillas /tareas /respuestas /usuarios /ajustes /auditoria /sandbox)

# Signs in with the first login; keeps the cookies in $work/cookies.
sign_in() {
    local token user password
    user=$(sed -n 's/^user: *//p' "$work/data/first-login.txt")
    password=$(sed -n 's/^password: *//p' "$work/data/first-login.txt")
    token=$(curl -sS -c "$work/cookies" "http://127.0.0.1:$port/login" | sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
    curl -sS -o /dev/null -b "$work/cookies" -c "$work/cookies" --data-urlencode "username=$user" --data-urlencode "password=$password" \
        --data-urlencode "_csrf=$token" "http://127.0.0.1:$port/login"
}

# Seconds of one request, or nothing when the answer is no page.
request_time() {
    curl -sS -o /dev/null -b "$work/cookies" -w '%{http_code} %{time_total}\n' "$@" | awk '$1 == 200 || $1 == 204 { print $2 }'
}

# The 95th percentile of the numbers on standard input.
percentile() { sort -n | awk '{ all[NR] = $1 } END { at = int(NR * 0.95 + 0.999); print all[at < 1 ? 1 : at] }'; }

bench_pages() {
    local driver page times worst=0 slow=0 p95 count entries=
    start_embedded
    note "Taking in 200,000 people and 1,000,000 deliveries"
    (cd "$work" && jar xf "$root/dispatcher/target/pregonero.jar" BOOT-INF/lib)
    driver=$(find "$work/BOOT-INF/lib" -name 'postgresql-*.jar' | head -n 1)
    java -cp "$driver" "$root/bin/lib/RunSql.java" "$work/data" "$root/bin/lib/bench-pages.sql" || fail "The data could not be taken in."
    sign_in
    note "$requests requests of each page, one after the other; each may take $may_take s at the 95th percentile"
    for page in "${pages[@]}"; do
        # the first ones compile, and fill what counts in the background
        for ((i = 0; i < 5; i++)); do request_time "http://127.0.0.1:$port$page" >/dev/null; done
        times=$(for ((i = 0; i < requests; i++)); do request_time "http://127.0.0.1:$port$page"; done)
        count=$(wc -w <<<"$times")
        ((count == requests)) || fail "$page did not answer $((requests - count)) of $requests requests."
        p95=$(percentile <<<"$times")
        printf '%-52s %7.0f ms   %5.2f of what it may take\n' "$page" "$(calculate "$p95 * 1000" 0)" "$(calculate "$p95 / $may_take" 2)"
        entries+="${entries:+, }\"$page\": $p95"
        worst=$(awk "BEGIN { print ($p95 > $worst ? $p95 : $worst) }")
        slow=$((slow + $(awk "BEGIN { print ($p95 > $may_take) }")))
    done
    mkdir -p "$(dirname "$json")"
    echo "{\"may_take_seconds\": $may_take, \"worst_seconds\": $worst, \"slow_pages\": $slow, \"p95_seconds\": {$entries}}" >"$json"
    printf '%-52s %7.0f ms   %s pages over\n' "slowest" "$(calculate "$worst * 1000" 0)" "$slow"
    note "Written to $json"
}
