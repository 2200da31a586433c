"""What `findings.examine` looks at, in this order. An app may register checks of its own."""

from casa.operations.checks import (  # noqa: I001 - their order is that of the findings
    configuration as configuration,
    database as database,
    keys as keys,
    machine as machine,
    work as work,
    mail as mail,
    proofs as proofs,
    outside as outside,
    certificate as certificate,
)
