#!/usr/bin/env bash
# Reviews a pull request that is checked out, and gives what has to be agreed to as outputs of the step.
# usage: BASE_REF=main GITHUB_OUTPUT=… review.sh REPORT
set -euo pipefail

report=$1
# Where the merge that is checked out begins: the branch may have gone on since.
base=$(git merge-base "origin/$BASE_REF" HEAD)

review() {
  local status=0
  npm run --silent review -- --base "$base" "$@" >&2 || status=$?
  echo "$status"
}

# The first of the list that is so gives the exit code: 4 is a destroy, 3 a broadening without one.
destroy=false broadening=false
case $(review --fail-on destroy,broadening --output "$report") in
  0) ;;
  3) broadening=true ;;
  4)
    destroy=true
    case $(review --fail-on broadening --output /dev/null) in
      0) ;;
      3) broadening=true ;;
      *) exit 1 ;;
    esac
    ;;
  *) exit 1 ;;
esac
{
  echo "broadening=$broadening"
  echo "destroy=$destroy"
} >>"$GITHUB_OUTPUT"
