# The program in a small image. Settings come as variables, the database is kept in /data:
#
#   docker build -t diudat .
#   docker run -d --name diudat -p 127.0.0.1:8080:8080 -v diudat:/data \
#       -e DIUDAT__TELEGRAM__TOKEN_FILE=/run/secrets/telegram … diudat
#   docker exec diudat diudat people

FROM rust:1-slim-bookworm AS build
WORKDIR /build
# The dependencies first, with next to nothing in place of the program: this layer is built again
# only when they change.
COPY Cargo.toml Cargo.lock build.rs ./
RUN mkdir src && touch src/lib.rs && echo 'fn main() {}' >src/main.rs \
    && cargo build --release --locked \
    && rm -r src
COPY askama.toml ./
COPY assets assets
COPY config config
COPY locales locales
COPY migrations migrations
COPY src src
# Files may be older than what was built in their place.
RUN touch build.rs src/lib.rs src/main.rs && cargo build --release --locked

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin diudat \
    && install -d -o diudat -g diudat -m 0750 /data
COPY --from=build /build/target/release/diudat /usr/local/bin/diudat
USER diudat
ENV DIUDAT__DATABASE__URL=sqlite:///data/diudat.db \
    DIUDAT__HTTP__LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
# Whether the process answers; the shell opens the connection itself, so nothing is installed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
# A restart by the platform waits this long for a stop in order.
STOPSIGNAL SIGTERM
ENTRYPOINT ["diudat"]
CMD ["serve"]
