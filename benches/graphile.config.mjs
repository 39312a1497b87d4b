// PostGraphile as its guide to production says: no explanations, no GraphiQL, a fixed pool.
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";

export default {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: Number(process.env.CONNECTIONS) } })],
  grafserv: { port: Number(process.env.PORT), host: "127.0.0.1", graphiql: false, graphqlPath: "/graphql" },
  grafast: { explain: false },
};
