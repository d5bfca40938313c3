"""`portfolio serve`: the page for the portfolio meeting."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from portfolio.cli.options import file_argument, model_option, words_option


@click.command("serve")
@file_argument
@model_option
@words_option
@click.option(
    "--agreed",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="The plan that was agreed, to compare with; otherwise the plan in FILE.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; others than this machine's own need a certificate or a proxy.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port to listen at; 0 takes a free one.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name that people reach this machine by; may be given several times.",
)
@click.option("--certificate", type=click.Path(path_type=Path), metavar="PEM", help="The certificate for TLS.")
@click.option("--key", type=click.Path(path_type=Path), metavar="PEM", help="The key of the certificate.")
@click.option("--behind-proxy", "proxy", metavar="ADDRESS", help="The address of the proxy that speaks TLS for it.")
@click.option("--user-header", metavar="HEADER", help="The header in which that proxy says who somebody is.")
@click.option("--plain-http", is_flag=True, help="Serve the network without TLS; whoever is in it can read along.")
@click.option("--read-only", is_flag=True, help="Every link only lets people look.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
def command(
    file: Path,
    model: str | None,
    words: str | None,
    agreed: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    proxy: str | None,
    user_header: str | None,
    plain_http: bool,
    read_only: bool,
    no_browser: bool,
) -> int:
    """Serves FILE as a page on which a group scores, plans and decides together; FILE stays the truth.

    Prints the address for the facilitator; the page shows links for those who score and those who look. What is entered is
    kept beside FILE until somebody saves it. Ctrl-C ends it.
    """
    from portfolio.web.serve import serve
    from portfolio.web.settings import Settings

    settings = Settings(host, port, names, certificate, key, proxy, user_header, plain_http, read_only)

    def opened(address: str, journal: Path) -> None:
        click.echo(address)
        sys.stdout.flush()
        if journal.parent.resolve() != file.resolve().parent:
            click.echo(f"What is entered is kept in {journal} until it is saved.", err=True)
        if not no_browser and sys.stdout.isatty():
            click.launch(address)

    return serve(file, settings, opened, model=model, words=words, agreed=agreed)
