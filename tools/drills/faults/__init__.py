"""The faults, by what they break; each module gives its drills as `DRILLS`."""
