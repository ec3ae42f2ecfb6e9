#!/bin/bash
# README's commands on a bare machine: a minimal Debian in a container, with Debian's own Node and npm, without compiler,
# libatomic1, ps, fonts or an init, and with 64 MB of /dev/shm. Run by hand, as root: `npm test` alone takes 20 minutes.
#
#   apt-get install docker.io debootstrap && dockerd &
#   test/bare-machine.sh                                 install, start, start again without a network, test
#   AS=reader test/bare-machine.sh                       as an ordinary user
#   WITH=libatomic1 test/bare-machine.sh                 with that Debian package
#   test/bare-machine.sh npm test -- test/embedded       install, then this command
#
# DOCKER_OPTIONS is added to `docker run`, such as the certificate and the .npmrc of a registry of one's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

as=${AS:-root}
with=${WITH:-}
image=daily-news-brief-bare
name=$image-$$
folder=/home/$as/brief # closed to others, as home folders are

if ! docker image inspect $image >/dev/null 2>&1; then
  scratch=$(mktemp -d)
  debootstrap --variant=minbase trixie "$scratch"
  chroot "$scratch" apt-get install --quiet --yes --no-install-recommends nodejs npm ca-certificates
  tar -C "$scratch" -c . | docker import - $image >/dev/null
  rm -rf "$scratch"
fi

inside() {
  docker exec -u "$as" -w "$folder" "$name" "$@"
}

# Starts the service, asks for its first page, and stops it with npm, as Ctrl-C does.
start() {
  inside sh -c '
    npm start >start.log 2>&1 & npm=$!
    for second in $(seq 600); do grep -q "To stop" start.log && break; kill -0 $npm || break; sleep 1; done
    cat start.log
    page=$(sed -n "s/.*Sign-up page *//p" start.log)
    node -e "fetch(process.argv[1]).then((answer) => process.exit(answer.ok ? 0 : 1))" "$page" || exit 1
    kill $npm; wait $npm || true'
}

# shellcheck disable=SC2086
run() {
  docker run -d --name "$name" $DOCKER_OPTIONS "$@" sleep infinity >/dev/null
  trap 'docker rm -f "$name" >/dev/null' EXIT
}

DOCKER_OPTIONS=${DOCKER_OPTIONS:-}
run --network host $image
docker exec "$name" sh -c "
  id $as >/dev/null 2>&1 || useradd --home-dir /home/$as $as
  [ -z '$with' ] || { apt-get update --quiet && apt-get install --quiet --yes $with; }
  mkdir -p $folder"
git ls-files --cached --others --exclude-standard | tar -c -T - | docker exec -i "$name" tar -x -C "$folder"
docker exec "$name" sh -c "chown -R $as /home/$as; chmod 700 /home/$as"

start
if [ $# -gt 0 ]; then
  inside "$@"
  exit
fi

docker commit "$name" "$name" >/dev/null
docker rm -f "$name" >/dev/null
run --network none "$name"
trap 'docker rm -f "$name" >/dev/null; docker rmi "$name" >/dev/null' EXIT
start
inside npm test
