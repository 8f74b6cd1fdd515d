#!/usr/bin/env python3
"""Every dependency's licence must be one that goes with ours, and none may pull in OpenSSL."""
import json
import re
import subprocess
import sys

ALLOWED = {
    "MIT", "MIT-0", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "0BSD",
    "Unicode-3.0", "Unicode-DFS-2016", "CC0-1.0", "MPL-2.0", "BSL-1.0", "Unlicense", "CDLA-Permissive-2.0", "OFL-1.1",
    "LicenseRef-UFL-1.0", "AGPL-3.0-or-later", "EUPL-1.2", "WTFPL", "bzip2-1.0.6", "NCSA", "LGPL-2.1-or-later",
}
BANNED = {"openssl", "openssl-sys", "native-tls", "aws-lc-rs"}

metadata = json.loads(subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], check=True, capture_output=True).stdout)
bad = []
for package in metadata["packages"]:
    name, licence = package["name"], package["license"] or ""
    if name in BANNED:
        bad.append(f"{name}: banned")
    # "A OR B": one of them is enough; "A AND B": all are needed.
    choices = re.split(r"\s+OR\s+|/", licence.replace("(", "").replace(")", ""))
    if not any(all(part.strip() in ALLOWED for part in choice.split(" AND ")) for choice in choices):
        bad.append(f"{name} {package['version']}: {licence or package['license_file']}")
print("\n".join(bad) or f"{len(metadata['packages'])} packages, every licence allowed")
sys.exit(bool(bad))
