# bash completion for swarmctl; made by: swarmctl completion bash

@TABLE@
# __swarmctl_names KIND: as the controller knows them; asked once a minute, and given up after 4 seconds.
__swarmctl_names() {
  local kept=${XDG_CACHE_HOME:-$HOME/.cache}/swarmctl/$1${SWARMCTL_CONTEXT:+-${SWARMCTL_CONTEXT//[!A-Za-z0-9._-]/_}}
  if [ -z "$(find "$kept" -mmin -1 2>/dev/null)" ]; then
    (umask 077 && mkdir -p "${kept%/*}" && swarmctl __names "$1" >"$kept.$$" && mv -f "$kept.$$" "$kept" || rm -f "$kept.$$") 2>/dev/null </dev/null
  fi
  cat "$kept" 2>/dev/null
}

# __swarmctl_all WORD...: with names in the place of what stands for them.
__swarmctl_all() {
  local word
  for word; do
    case $word in
      @nodes | @roles) __swarmctl_names "${word#@}" ;;
      @*) ;;
      *) echo "$word" ;;
    esac
  done
}

_swarmctl() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} at='' word words
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $(__swarmctl_below "$at") " in
      *" $word "*) at="${at:+$at }$word" ;;
    esac
  done
  words=$(__swarmctl_values "$at" "$before")
  if [ -z "$words" ]; then
    case $current in
      -*) words=$(__swarmctl_options "$at") ;;
      *) words="$(__swarmctl_below "$at") $(__swarmctl_operands "$at")" ;;
    esac
  fi
  case $words in
    *@files*) mapfile -t COMPREPLY < <(compgen -f -- "$current") && compopt -o filenames 2>/dev/null || true ;;
    # shellcheck disable=SC2086
    *) mapfile -t COMPREPLY < <(compgen -W "$(__swarmctl_all $words)" -- "$current") ;;
  esac
}

complete -F _swarmctl swarmctl
