# An image of TideScope; its arguments are those of the command, such as `store`.
#   docker build -t tidescope .                      builds the sources too, for which Maven needs the network
#   docker build -t tidescope --target prebuilt .    takes what `mvn package` left in app/target
#   docker build -t tidescope-mirror --target mirror .   with MirrorMaker, for `region mirror`
# prebuilt stands before the stage that has Maven: Docker's older builder builds whatever stands before the
# target.
ARG JDK=eclipse-temurin:25-jdk
ARG MAVEN=maven:3.9-eclipse-temurin-25
# Of the version that the application's own clients are of.
ARG KAFKA=apache/kafka:4.3.1

FROM ${JDK} AS java
COPY containers/link-runtime /usr/local/bin/
RUN link-runtime "$JAVA_HOME" /opt/tidescope/runtime

# An image has what the JVM learned in a rehearsal on some of the sources; its brokers are elsewhere.
FROM java AS install-prebuilt
COPY containers/install-application /usr/local/bin/
COPY app/target/tidescope.jar /target/
COPY app/target/lib /target/lib
RUN install-application "$JAVA_HOME" /target /opt/tidescope
COPY syntax-tree parser-stream repository-store query-service /sample/
COPY tidescope /opt/tidescope/
RUN /opt/tidescope/tidescope train /sample && rm -f /opt/tidescope/broker.aot && [ -s /opt/tidescope/tidescope.aot ]

FROM debian:bookworm-slim AS base
# What is not in the slim image: git fetches repositories whose origin is followed, and reads those with
# SHA-256 ids. PACKAGES= builds an image without it, and without the network.
ARG PACKAGES=git
RUN [ -z "$PACKAGES" ] \
    || { apt-get update && apt-get install -y --no-install-recommends $PACKAGES && rm -rf /var/lib/apt/lists/*; }
# By number, so that who only allows users that are not root can tell that this is none.
RUN groupadd --gid 10001 tidescope \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/tidescope --shell /usr/sbin/nologin tidescope \
    && install -d -o 10001 -g 10001 /var/lib/tidescope /var/lib/tidescope/archive \
    && install -d /etc/tidescope
ENV LANG=C.UTF-8 \
    XDG_CONFIG_HOME=/tmp/config \
    TIDESCOPE_ADMIN_HOST=0.0.0.0 \
    TIDESCOPE_LOG_FORMAT=json
COPY containers/healthy /opt/tidescope/
USER 10001:10001
WORKDIR /var/lib/tidescope
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/tidescope/healthy"]
ENTRYPOINT ["/opt/tidescope/tidescope"]
CMD ["--help"]

FROM base AS prebuilt
COPY --from=install-prebuilt /opt/tidescope /opt/tidescope

FROM ${MAVEN} AS build
WORKDIR /src
COPY . .
# What another build has left is none of this one.
RUN rm -rf target */target && mvn -B -ntp -q package -pl app -am -Dmaven.test.skip=true

FROM java AS install
COPY containers/install-application /usr/local/bin/
COPY --from=build /src/app/target/tidescope.jar /target/
COPY --from=build /src/app/target/lib /target/lib
RUN install-application "$JAVA_HOME" /target /opt/tidescope
COPY syntax-tree parser-stream repository-store query-service /sample/
COPY tidescope /opt/tidescope/
RUN /opt/tidescope/tidescope train /sample && rm -f /opt/tidescope/broker.aot && [ -s /opt/tidescope/tidescope.aot ]

FROM base AS runtime
COPY --from=install /opt/tidescope /opt/tidescope

# What mirrors another region runs MirrorMaker, which is in Kafka's distribution; it serves no health.
FROM ${KAFKA} AS kafka

FROM runtime AS mirror
COPY --from=kafka /opt/kafka/libs /opt/kafka/libs
ENV TIDESCOPE_KAFKA_LIBS=/opt/kafka/libs
HEALTHCHECK NONE
CMD ["region", "mirror", "--config", "/etc/tidescope/tidescope.yaml"]

# The last one is what is built when nothing is said.
FROM runtime AS application
