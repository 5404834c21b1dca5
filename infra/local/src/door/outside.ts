import { refuse } from "./errors.ts"
import { words } from "./statement.ts"

/** Functions, table functions and table engines that read or write files, speak to the network, or run programs. */
const OUTSIDE = new Set(
  `file filecluster url urlcluster s3 s3cluster gcs gcscluster hdfs hdfscluster azureblobstorage azureblobstoragecluster remote remotesecure
  cluster clusterallreplicas mysql postgresql materializedpostgresql materializedmysql mongodb redis sqlite jdbc odbc executable executablepool
  python iceberg iceberglocal icebergs3 icebergazure iceberghdfs icebergcluster deltalake deltalakelocal deltalakes3 deltalakeazure
  deltalakecluster hudi hudicluster paimon paimonlocal paimons3 paimonazure paimonhdfs ytsaurus arrowflight prometheusquery prometheusqueryrange
  kafka rabbitmq nats s3queue azurequeue filelog distributed hive coslocal oss cosn mergetreeindexexternal backup external`
    .split(/\s+/)
    .filter((name) => name !== ""),
)

/** A name without its quotes; one with a backslash in it could be anything. */
const nameOf = (text: string): string => {
  if (!/^[`"“]/.test(text)) return text.toLowerCase()
  return text.includes("\\") ? "file" : text.slice(1, -1).toLowerCase()
}

/** Statements about the server and the files around it. */
const SERVER = new Set(["BACKUP", "RESTORE", "ATTACH"])

/**
 * Refuses what reaches beyond the tables: any account of this machine that found the password would read and write files as the person who
 * runs it. `outside(…)`, `ENGINE = Outside`, a dictionary's `SOURCE(OUTSIDE(…))`, files as targets or sources, functions in other languages,
 * backups. For everybody, since the product needs none of it. Of an insert only what comes before its data is looked at.
 */
export const refuseOutside = (sql: string, isInsert: boolean): void => {
  const denied = (what: string) =>
    refuse(497, `Not enough privileges. The local ClickHouse keeps to its tables: ${what} is not allowed.`, "ACCESS_DENIED")
  let before = ""
  let beforeThat = ""
  let first = true
  for (const { text, depth } of words(sql)) {
    if (isInsert && depth === 0 && (text === "VALUES" || text === "FORMAT")) return
    if (first && SERVER.has(text)) throw denied(text)
    if (text === "(" && OUTSIDE.has(nameOf(before))) throw denied(nameOf(before))
    if (beforeThat === "ENGINE" && before === "=" && OUTSIDE.has(nameOf(text))) throw denied(nameOf(text))
    if (before === "ENGINE" && OUTSIDE.has(nameOf(text))) throw denied(nameOf(text))
    if ((before === "INTO" && text === "OUTFILE") || (before === "FROM" && text === "INFILE")) throw denied(text)
    if (before === "CREATE" && text === "FUNCTION") throw denied("CREATE FUNCTION")
    // A string in the place of a table is a file.
    if (/^(?:FROM|JOIN|INTO|TABLE|DESCRIBE|DESC)$/.test(before) && /^['‘$]/.test(text)) throw denied("a file")
    first = false
    beforeThat = before
    before = text
  }
}
