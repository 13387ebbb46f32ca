"""How are gazetteers compiled to one memory-mapped directory, and opened?

A compiled gazetteer is a directory with ``header.json`` and one data file that the header names. The
builder writes the data file, then replaces the header in one step: a crash at any moment leaves the
old gazetteer whole. The reader maps the data file and reads the header, and of the data file 64 blocks at most,
which the header's ``sample`` is a hash over; ``checksum`` is one over all sections, for `Index.verify`.

Sections of the data file (little-endian, 8-byte aligned; ``T`` = tokens, ``N`` = names, ``E`` = entities):

==================  =====  =========================================================================
``entities``        json   E records, found through ``entities@`` (u64, E+1 offsets)
``names``           utf-8  N names as written, through ``names@``
``name_entity``     u32    N entity numbers
``name_kind``       u8     N numbers of `model.NAME_KINDS`
``name_lang``       u8     N numbers of the header's ``langs``
``entity_names``    u32    names of every entity, through ``entity_names@`` (u32, E+1)
``name_tokens``     u32    token numbers of every name, through ``name_tokens@`` (u32, N+1)
``name_roles``      u8     role of each of ``name_tokens``, a number of `ROLES`
``tokens``          utf-8  T distinct cleaned tokens, sorted, through ``tokens@``
``token_entities``  u32    T counts of entities that have the token (term frequency)
``spellings@``      u32    where the rows of ``letters`` of every token begin (T+1)
``letters``         u8     the spellings in the letters of the channels, through ``letters@`` (u32)
``letter_script``   u8     the writing of each, a number of the header's ``scripts``
``letter_kind``     u8     the ways in which each is compared, a sum of the kernel's numbers
``letter_bits``     f32    log2 of the probability of each
``letter_self``     f32    bits that each says beside itself
``postings``        u32    names of every token, through ``postings@`` (u32, T+1)
``keys``            u64    sorted hashes of keys
``key_tokens``      u32    tokens filed under every key, through ``key_tokens@`` (u32, keys+1)
==================  =====  =========================================================================
"""

from __future__ import annotations

from resolve.index.build import Builder
from resolve.index.forms import filed, mononym, phrase, spellings_of
from resolve.index.layout import FORMAT, HEADER, MAX_LANGS, ROLES, VERSION, fingerprint, key_hash, sampled
from resolve.index.opened import Index, describe, is_compiled, open_index
from resolve.index.sources import cache_folder, compile_rows, content_hash, open_sources

__all__ = [
    "FORMAT", "HEADER", "MAX_LANGS", "ROLES", "VERSION", "Builder", "Index", "cache_folder", "compile_rows", "content_hash",
    "describe", "filed", "fingerprint", "is_compiled", "key_hash", "mononym", "open_index", "open_sources", "phrase",
    "sampled", "spellings_of",
]  # fmt: skip
