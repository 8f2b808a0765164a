# fish completion for swarmctl; made by: swarmctl completion fish

# The words before the cursor that are no options: the command, and what it is about.
function __swarmctl_words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or echo $word
    end
end

# Whether the words begin so.
function __swarmctl_at
    set -l typed (__swarmctl_words)
    test (count $typed) -ge (count $argv); or return 1
    for i in (seq (count $argv))
        test "$typed[$i]" = "$argv[$i]"; or return 1
    end
end

# Whether the words are these and no others.
function __swarmctl_is
    test (count (__swarmctl_words)) -eq (count $argv); and __swarmctl_at $argv
end

# As the controller knows them; asked once a minute, and given up after 4 seconds.
function __swarmctl_names
    set -l cache $HOME/.cache
    set -q XDG_CACHE_HOME; and set cache $XDG_CACHE_HOME
    for kind in $argv
        set -l kept $cache/swarmctl/$kind
        set -q SWARMCTL_CONTEXT; and set kept $kept-(string replace -ra '[^A-Za-z0-9._-]' _ -- $SWARMCTL_CONTEXT)
        if test -z (find $kept -mmin -1 2>/dev/null | string collect)
            mkdir -p $cache/swarmctl 2>/dev/null
            swarmctl __names $kind >$kept.$fish_pid 2>/dev/null </dev/null; and mv -f $kept.$fish_pid $kept; or rm -f $kept.$fish_pid
        end
        cat $kept 2>/dev/null
    end
end

complete -c swarmctl -f
@TABLE@
