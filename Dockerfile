# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY templates templates
COPY channel-adapters channel-adapters
COPY dispatcher dispatcher
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -pl templates,channel-adapters,dispatcher -Dmaven.test.skip=true package \
    && java -Djarmode=tools -jar dispatcher/target/pregonero.jar extract --layers --launcher --destination /layers

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/pregonero --create-home pregonero
WORKDIR /opt/pregonero
# what changes least comes first
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER pregonero
ENV PREGONERO_ADDRESS=0.0.0.0 \
    PREGONERO_PORT=8080 \
    PREGONERO_DATA=/var/lib/pregonero
VOLUME /var/lib/pregonero
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD curl -fsS "http://127.0.0.1:${PREGONERO_PORT}/actuator/health/readiness" || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", \
    "-Dsun.net.http.retryPost=false", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", "org.springframework.boot.loader.launch.JarLauncher"]
