# claimwire as a container: `docker compose up -d` (docker-compose.yml) is the short way.
# Two stages, because the compiler and the test tools have no business in production.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# The lock first: dependencies are installed again only when they change.
COPY package.json package-lock.json ./
# `prepare` would build before the sources are here.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
COPY config ./config
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production CLAIMWIRE_DATA=/data
WORKDIR /app
# Owned by root: the program cannot change itself.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Migrations and other files that are read at run time stand beside the sources.
COPY src ./src
COPY config ./config
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8787
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.CLAIMWIRE_WEB_PORT||8787}/healthz`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "dist/src/main.js"]
CMD ["run"]
