#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the workspace of the service before its first start; does nothing where there is one.
#
#   make-workspace FOLDER        $LICET_INIT: more words for `licet init`, such as --country de
set -eu
folder=$1
[ -e "$folder/config.toml" ] && exit 0
# A folder that lost its settings is no new one: a new key beside an old ledger knows nobody.
for name in tenant.key ledger.db persons.keys; do
    if [ -e "$folder/$name" ]; then
        echo "licet: $folder has $name and no config.toml: put the settings back" >&2
        exit 1
    fi
done
# shellcheck disable=SC2086
exec "${LICET_PROGRAM:-/usr/bin/licet}" init "$folder" ${LICET_INIT:-}
