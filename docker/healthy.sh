#!/usr/bin/env bash
# Succeeds when the daemon in this container is ready. The shell opens the connection itself: the image needs no curl and no second JVM.
exec 3<>"/dev/tcp/127.0.0.1/${TOCSIN_HTTP_PORT:-8080}" || exit 1
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 status <&3 || exit 1
[[ "$status" == *" 200 "* ]]
