//! What GPX and TCX share: decoding to UTF-8, a depth-counting event reader, lenient values.
