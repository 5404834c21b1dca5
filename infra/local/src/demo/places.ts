/** Where visitors of the demo live. The test asks the geo database whether each network is where it is said to be. */
export interface Place {
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** IANA zone that sets the hours in which its people are awake. */
  readonly zone: string
  /** Share of the visits, in any unit. */
  readonly weight: number
  /** Share of visits from a phone, 0 to 1. */
  readonly phones: number
  /** What most browsers there ask for, a language tag. */
  readonly language: string
  /** Networks of consumer internet providers, each /24. */
  readonly networks: ReadonlyArray<string>
}

const place = (country: string, zone: string, weight: number, phones: number, networks: string): Place => ({
  country,
  zone,
  weight,
  phones,
  language: new Intl.Locale("und", { region: country }).maximize().language,
  networks: networks.split(" "),
})

export const places: ReadonlyArray<Place> = [
  place("US", "America/New_York", 14, 0.36, "73.61.233 108.12.219 71.249.136 67.115.140 172.56.218 73.31.116 71.68.151 76.182.79"),
  place("US", "America/Chicago", 7, 0.38, "98.156.237 66.213.91 174.197.21 24.155.237 99.1.131"),
  place("US", "America/Los_Angeles", 8, 0.34, "24.17.251 99.1.154 68.107.121"),
  place(
    "DE",
    "Europe/Berlin",
    12,
    0.34,
    "91.0.40 91.20.223 84.140.160 79.200.97 87.150.255 217.85.124 93.210.45 188.195.64 77.2.126 91.0.111",
  ),
  place("GB", "Europe/London", 9, 0.4, "81.140.45 86.140.0 82.10.177 90.200.37 92.20.139 5.70.226 51.6.95 81.140.104 86.140.163 82.10.212"),
  place("IN", "Asia/Kolkata", 7, 0.58, "49.36.193 106.200.106 117.200.84 122.160.90 223.190.52 27.5.173 49.36.179 106.200.112"),
  place("FR", "Europe/Paris", 6, 0.38, "90.10.128 82.65.123 78.200.201 176.150.245 86.200.83 92.150.226 82.65.183 78.200.53"),
  place("CA", "America/Toronto", 5, 0.36, "24.50.68 70.50.134 99.230.86 142.115.25 184.145.98 174.90.119"),
  place("NL", "Europe/Amsterdam", 4, 0.34, "84.80.13 77.160.75 83.80.211 145.53.194 86.80.53 62.195.130"),
  place("AU", "Australia/Sydney", 3.6, 0.4, "1.120.192 101.160.220 58.165.198 49.180.175"),
  place("BR", "America/Sao_Paulo", 3.4, 0.52, "177.40.149 179.100.19 191.180.144 201.40.218 186.200.14 179.100.111"),
  place("JP", "Asia/Tokyo", 2.4, 0.42, "126.20.254 153.150.233 118.10.50 60.100.72 118.10.226 60.100.61"),
  place("ES", "Europe/Madrid", 2.4, 0.44, "80.25.251 83.40.61 88.10.236 79.150.213"),
  place("IT", "Europe/Rome", 2.2, 0.45, "79.20.165 87.10.143 93.40.95 82.50.6"),
  place("PL", "Europe/Warsaw", 2.1, 0.36, "83.10.2 31.60.22 89.70.93 83.10.254"),
  place("SE", "Europe/Stockholm", 1.9, 0.36, "81.230.48 90.230.141 78.70.129 213.65.104"),
  place("CH", "Europe/Zurich", 1.8, 0.33, "85.0.34 178.195.241 83.77.35 85.0.138"),
  place("AT", "Europe/Vienna", 1.6, 0.34, "77.117.46 84.112.174 80.109.111 62.46.15"),
  place("NO", "Europe/Oslo", 1.2, 0.36, "84.210.190 81.166.74 88.90.101 46.9.145"),
  place("DK", "Europe/Copenhagen", 1.2, 0.36, "87.50.222 80.160.116 2.104.4 188.180.131"),
  place("FI", "Europe/Helsinki", 1.1, 0.35, "91.153.220 85.76.50 91.153.168 88.112.13"),
  place("BE", "Europe/Brussels", 1.1, 0.36, "81.240.211 91.177.144 78.20.1 109.130.104"),
  place("IE", "Europe/Dublin", 1, 0.4, "86.40.232 109.76.142 51.37.94 89.100.222"),
  place("PT", "Europe/Lisbon", 1, 0.42, "85.240.62 81.193.110 2.80.239 94.60.63"),
  place("CZ", "Europe/Prague", 0.9, 0.34, "88.100.212 109.80.201 85.160.73 85.160.67"),
  place("MX", "America/Mexico_City", 1.1, 0.52, "187.140.113 189.140.46 201.140.191 187.190.191"),
  place("KR", "Asia/Seoul", 0.9, 0.44, "121.140.137 175.200.14 211.200.173 1.210.60"),
  place("SG", "Asia/Singapore", 0.9, 0.42, "116.86.39 202.156.216 118.200.95 175.156.163"),
  place("ID", "Asia/Jakarta", 0.9, 0.62, "36.70.83 125.160.132 114.120.15 36.70.232"),
  place("NZ", "Pacific/Auckland", 0.8, 0.4, "122.56.32 118.92.33 122.56.106 118.92.213"),
  place("ZA", "Africa/Johannesburg", 0.8, 0.5, "41.13.110 197.80.233 102.65.21 41.13.150"),
  place("TR", "Europe/Istanbul", 0.8, 0.5, "78.170.109 88.230.235 176.40.1 95.0.253"),
  place("UA", "Europe/Kyiv", 0.8, 0.38, "178.92.66 46.200.97 46.200.169 46.200.195"),
  place("NG", "Africa/Lagos", 0.7, 0.64, "105.112.118 197.210.68 102.89.87 41.190.7"),
  place("AR", "America/Argentina/Buenos_Aires", 0.7, 0.46, "190.190.118 181.20.107 186.130.86 190.50.24"),
  place("CO", "America/Bogota", 0.6, 0.5, "181.50.79 190.24.114 186.80.58 191.95.177"),
  place("RO", "Europe/Bucharest", 0.6, 0.38, "86.120.80 188.24.10 5.12.157 188.24.248"),
  place("HU", "Europe/Budapest", 0.5, 0.36, "84.0.100 89.132.50 178.48.113 81.182.7"),
  place("IL", "Asia/Jerusalem", 0.5, 0.42, "79.176.124 84.228.104 77.125.11 84.228.8"),
  place("TW", "Asia/Taipei", 0.5, 0.4, "114.32.35 36.224.93 1.160.239 36.224.44"),
  place("VN", "Asia/Ho_Chi_Minh", 0.5, 0.5, "14.160.17 123.16.80 123.16.217 171.240.247"),
  place("PH", "Asia/Manila", 0.5, 0.6, "112.198.4 49.144.66 120.28.242 112.198.66"),
]

/** Networks of the companies whose machines visit every site: search engines, link graphs, language models. */
export const botNetworks = {
  google: "66.249.66",
  ahrefs: "54.36.148",
  openai: "20.171.206",
  bing: "40.77.167",
  apple: "17.241.75",
  cloud: "34.123.170",
} as const
