// The start-up file of the cPanel package: Phusion Passenger requires it. It chooses the version to
// start and looks whether it is whole. Old syntax only (no let, no arrow): an old Node must be able
// to read this file, in order to say that it is too old.
'use strict'
var crypto = require('crypto')
var fs = require('fs')
var http = require('http')
var path = require('path')

var LEAST_NODE = [20, 12]
var SHOWN_MS = 20000

/** What the bundle is told; `import()` carries no argument. */
global.kiosque = {
  root: __dirname,
  id: '',
  say: say,
  isCommand: require.main === module && process.argv.length > 2,
}

process.chdir(__dirname)
start()

function start() {
  var node = process.version.slice(1).split('.').map(Number)
  if (node[0] < LEAST_NODE[0] || (node[0] === LEAST_NODE[0] && node[1] < LEAST_NODE[1])) {
    var french =
      'Cette boutique demande Node 20.12 ou plus récent, et l’hébergeur lui donne Node ' +
      process.version.slice(1) +
      '. Dans cPanel, ouvrez « Setup Node.js App », choisissez la version 20, 22 ou 24, et redémarrez.'
    var english =
      'This shop needs Node 20.12 or newer, and the host gives it Node ' +
      process.version.slice(1) +
      '. In cPanel, open "Setup Node.js App", choose version 20, 22 or 24, and restart.'
    return say(french, english)
  }

  var chosen = readJson('versions/chosen.json') || {}
  var packed = readJson('release.json') || {}
  var ids = [chosen.id, chosen.previous, packed.id].filter(function (id) {
    return typeof id === 'string' && /^[\w.-]+$/.test(id)
  })
  var firstFault
  for (var i = 0; i < ids.length; i++) {
    var fault = faultOf(ids[i])
    if (!fault) {
      if (firstFault) log('version.damaged', 'Started ' + ids[i] + ' instead. ' + firstFault)
      global.kiosque.id = ids[i]
      return require('./versions/' + ids[i] + '/start.cjs')
    }
    firstFault = firstFault || fault
  }
  var cut =
    'Le paquet n’a pas été extrait en entier. Envoyez le fichier zip une nouvelle fois, extrayez-le au même endroit, puis redémarrez l’application. Vos données ne sont pas touchées.'
  var cutInEnglish =
    'The package was not extracted whole. Upload the zip once more, extract it in the same place, then restart the application. Your data is not touched.'
  say(cut, cutInEnglish, firstFault || 'release.json is missing.')
}

/** What is missing of a version, by the list that it brings of its own files. */
function faultOf(id) {
  var folder = path.join(__dirname, 'versions', id)
  var manifest = readJson('versions/' + id + '/manifest.json')
  if (!manifest || !manifest.files) return 'versions/' + id + '/manifest.json is missing or cut.'
  for (var name in manifest.files) {
    var bytes
    try {
      bytes = fs.readFileSync(path.join(folder, name))
    } catch (error) {
      return 'versions/' + id + '/' + name + ' cannot be read (' + error.code + ').'
    }
    if (crypto.createHash('sha256').update(bytes).digest('hex') !== manifest.files[name])
      return 'versions/' + id + '/' + name + ' is cut or was changed.'
  }
}

function readJson(name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(__dirname, name), 'utf8'))
    // oxlint-disable-next-line no-unused-vars -- old syntax wants a name
  } catch (error) {
    return undefined
  }
}

function log(event, says) {
  console.log(JSON.stringify({ at: new Date().toISOString(), event: event, says: says }))
}

/**
 * Answers every visit with one sentence, for a while. Then the process ends: Passenger starts another
 * with the next visit, which looks again whether all is well.
 */
function say(french, english, detail) {
  var page =
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Boutique fermée</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    '<body style="font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem">' +
    '<h1>La boutique est fermée un moment</h1><p>' +
    french +
    '</p><p lang="en" style="opacity: .75">' +
    english +
    '</p></body></html>'
  var server = http.createServer(function (request, response) {
    request.resume()
    response.writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '30',
      connection: 'close',
    })
    response.end(request.method === 'HEAD' ? undefined : page)
  })
  server.on('error', function (error) {
    log('process.failed', String(error))
    process.exit(1)
  })
  server.listen(Number(process.env.PORT) || 3000, function () {
    log('start.refused', english + (detail ? ' ' + detail : ''))
  })
  setTimeout(function () {
    server.close(function () {
      process.exit(1)
    })
  }, SHOWN_MS)
  if (global.PhusionPassenger)
    global.PhusionPassenger.on('exit', function () {
      process.exit(0)
    })
}
