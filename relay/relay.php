<?php
declare(strict_types=1);
/*
 * A relay to CinetPay for a shop whose host has no fixed address. CinetPay answers only the addresses
 * on the merchant's list; the address of the machine where this file runs is on it.
 *
 * It passes the calls named below to the two hosts named below, and nothing else, for whoever knows
 * the secret. What it passes it neither keeps nor writes down. `relay.cjs` is the same for Node: a
 * change here is a change there. PHP 7.4 or newer, with curl.
 *
 * The secret lies beside this file, in relay-config.php, of which the web sees nothing:
 *
 *     <?php return 'a long random text';
 */
ini_set('display_errors', '0');
ini_set('zlib.output_compression', '0');
// A blank line before "<?php" in the settings would be sent ahead of the answer.
ob_start();

/** `?to=`, as it is written: no percent sign, no dots of its own, no other query. */
const CALLS = '~^(?|POST to=(api\.cinetpay\.(?:co|net))(/v1/oauth/login|/v1/payment)|GET to=(api\.cinetpay\.(?:co|net))(/v1/payment/[A-Za-z0-9][A-Za-z0-9._-]{0,63}|/cdn-cgi/trace))\z~';

const TIMEOUT_MS = 10000;
const MAX_BODY_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 256 * 1024;
const SECRET = '~^[\x21-\x7e]{32,200}\z~';
const PLACEHOLDER = '~^(change|replace|your|votre|example|exemple|placeholder|secret|password|motdepasse|todo|xxx|<|\.\.\.)|^(.)\2+\z|^(0123456789|1234567890|abcdefghij)~i';
const HEADER = '~^[\x20-\x7e]{1,4096}\z~';

/** What it says of itself: the word is for the shop, in the header `x-relay`. */
const SAYS = [
    'not-configured' => [500, 'Le relais n’est pas réglé : donnez-lui un secret d’au moins 32 signes, au hasard, sans espace ni accent. / The relay is not set up: give it a secret of at least 32 characters, at random, without blanks or accents.'],
    'no-curl' => [500, 'PHP n’a pas curl ici : activez cette extension (cPanel : « Select PHP Version »). / PHP has no curl here: turn this extension on (cPanel: "Select PHP Version").'],
    'wrong-secret' => [401, 'Le relais est en marche. Il ne passe que les appels de la boutique qui connaît son secret. / The relay is up. It passes only the calls of the shop that knows its secret.'],
    'not-allowed' => [404, 'Le relais ne passe pas cet appel. / The relay does not pass this call.'],
    'too-large' => [413, 'L’appel est trop long. / The call is too long.'],
    'cinetpay-unreachable' => [502, 'CinetPay est injoignable depuis le relais. / CinetPay is out of reach.'],
    'answer-too-large' => [502, 'La réponse de CinetPay est trop longue. / The answer is too long.'],
    'cinetpay-timeout' => [504, 'CinetPay n’a pas répondu à temps. / CinetPay did not answer in time.'],
];

$began = microtime(true);
$method = $_SERVER['REQUEST_METHOD'] ?? '';
$shape = '-';

function finish(int $status, string $word, array $headers, string $body): void
{
    global $began, $method, $shape;
    while (ob_get_level() > 0) {
        ob_end_clean();
    }
    header_remove('X-Powered-By');
    http_response_code($status);
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    header("x-relay: $word");
    header('cache-control: no-store');
    header('content-length: ' . strlen($body));
    echo $body;
    $ms = (int) ((microtime(true) - $began) * 1000);
    $asked = preg_match('~^[A-Z]{1,10}\z~', $method) ? $method : '?';
    error_log("relay $asked $shape $status $word $ms ms");
    exit;
}

function refuse(string $word): void
{
    [$status, $text] = SAYS[$word];
    finish($status, $word, ['content-type' => 'text/plain; charset=utf-8'], "$text\n");
}

try {
    $secret = is_file(__DIR__ . '/relay-config.php') ? require __DIR__ . '/relay-config.php' : getenv('RELAY_SECRET');
} catch (\Throwable $mistyped) {
    // What PHP would write of it into its log holds a part of the secret.
    $secret = '';
}
$secret = is_string($secret) ? $secret : '';
/** For tests: somebody on this machine, in the place of both hosts. */
$upstream = (string) getenv('RELAY_UPSTREAM');

if (!preg_match(SECRET, $secret) || preg_match(PLACEHOLDER, $secret)
    || !preg_match('~^(?:http://127\.0\.0\.1:\d{1,5})?\z~', $upstream)) {
    refuse('not-configured');
}
if (!function_exists('curl_init')) {
    refuse('no-curl');
}
// Of hashes: neither how much is right nor how long it is shows in the time.
$given = $_SERVER['HTTP_X_RELAY_SECRET'] ?? '';
if (!hash_equals(hash('sha256', $secret), hash('sha256', $given))) {
    refuse('wrong-secret');
}
if (!preg_match(CALLS, $method . ' ' . ($_SERVER['QUERY_STRING'] ?? ''), $call)) {
    refuse('not-allowed');
}
[, $host, $path] = $call;
$shape = $host . preg_replace('~payment/.+~', 'payment/:id', $path);

$body = (string) file_get_contents('php://input', false, null, 0, MAX_BODY_BYTES + 1);
if (strlen($body) > MAX_BODY_BYTES) {
    refuse('too-large');
}

$sent = ['Expect:', 'Accept-Encoding: identity'];
// CGI takes `Authorization` away before PHP sees it: it comes under another name.
$passed = [
    'Content-Type' => 'CONTENT_TYPE',
    'Accept' => 'HTTP_ACCEPT',
    'User-Agent' => 'HTTP_USER_AGENT',
    'Authorization' => 'HTTP_X_RELAY_AUTHORIZATION',
];
foreach ($passed as $name => $key) {
    $value = $_SERVER[$key] ?? '';
    if (preg_match(HEADER, $value)) {
        $sent[] = "$name: $value";
    }
}

$answer = '';
$headers = [];
$curl = curl_init(($upstream ?: "https://$host") . $path);
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => $method,
    CURLOPT_HTTPHEADER => $sent,
    // IPv4, which is what CinetPay's list holds.
    CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4,
    CURLOPT_PROTOCOLS => $upstream ? CURLPROTO_HTTP : CURLPROTO_HTTPS,
    CURLOPT_FOLLOWLOCATION => false,
    CURLOPT_TIMEOUT_MS => TIMEOUT_MS,
    CURLOPT_NOSIGNAL => true,
    CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$headers): int {
        if (preg_match('~^(content-type|content-encoding|retry-after):[ \t]*([\x20-\x7e]{1,4096}?)\s*\z~i', $line, $read)) {
            $headers[strtolower($read[1])] = $read[2];
        }
        return strlen($line);
    },
    CURLOPT_WRITEFUNCTION => function ($curl, string $piece) use (&$answer): int {
        $answer .= $piece;
        return strlen($answer) > MAX_ANSWER_BYTES ? 0 : strlen($piece);
    },
]);
if ($method === 'POST') {
    curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
}
curl_exec($curl);
$error = curl_errno($curl);
if (strlen($answer) > MAX_ANSWER_BYTES) {
    refuse('answer-too-large');
}
if ($error !== 0) {
    refuse($error === CURLE_OPERATION_TIMEDOUT ? 'cinetpay-timeout' : 'cinetpay-unreachable');
}
finish(curl_getinfo($curl, CURLINFO_RESPONSE_CODE), 'passed', $headers, $answer);
