"""Operations too long for a request, in steps that may be repeated."""
