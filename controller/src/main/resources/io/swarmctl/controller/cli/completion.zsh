#compdef swarmctl
# zsh completion for swarmctl; made by: swarmctl completion zsh

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
  local current=${words[CURRENT]} before=${words[CURRENT-1]} at='' word found
  for word in "${(@)words[2,CURRENT-1]}"; do
    case " $(__swarmctl_below "$at") " in
      *" $word "*) at="${at:+$at }$word" ;;
    esac
  done
  found=$(__swarmctl_values "$at" "$before")
  if [ -z "$found" ]; then
    case $current in
      -*) found=$(__swarmctl_options "$at") ;;
      *) found="$(__swarmctl_below "$at") $(__swarmctl_operands "$at")" ;;
    esac
  fi
  case $found in
    *@files*) _files ;;
    *) compadd -- ${(f)"$(__swarmctl_all ${=found})"} ;;
  esac
}

if [ "${funcstack[1]}" = _swarmctl ]; then _swarmctl "$@"; else compdef _swarmctl swarmctl; fi
