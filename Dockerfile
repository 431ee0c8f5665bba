# The shop on plain Node, for a server of your own: docs/en/server.md, docs/fr/serveur.md.
# Alone it is a demonstration on port 3000; compose.yaml puts PostgreSQL and https beside it.
FROM node:24-bookworm-slim AS build
WORKDIR /shop
COPY package.json package-lock.json .npmrc ./
COPY tools/node/package.json tools/node/
RUN npm ci
COPY . .
# The Worker and the trial of it are built along; they have nothing to do in this image.
RUN npm run build && rm dist/worker.mjs dist/dev-worker.mjs

FROM node:24-bookworm-slim AS packages
WORKDIR /shop
COPY package.json package-lock.json .npmrc ./
COPY tools/node/package.json tools/node/
# typescript is an optional peer of valibot, and of no use here.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/typescript node_modules/@typescript

FROM node:24-bookworm-slim
WORKDIR /shop
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
# The only folder that the shop writes to.
RUN install -d -o node -g node -m 0700 /data
COPY --from=packages /shop/node_modules node_modules
COPY --from=build /shop/package.json package.json
COPY --from=build /shop/migrations migrations
COPY --from=build /shop/demonstration/shop.json demonstration/shop.json
COPY --from=build /shop/demonstration/books demonstration/books
COPY --from=build /shop/dist dist
USER node
VOLUME /data
EXPOSE 3000
# It asks the database and the storage, too. Slim images have no curl.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The flag is that of `npm start`: less memory for what lives a moment.
CMD ["node", "--max-semi-space-size=4", "dist/node.mjs"]
