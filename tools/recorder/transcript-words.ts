/**
 * Words that CinetPay's sentences are made of, as far as they were seen: a transcript keeps these,
 * and replaces any other word, which may be a name.
 */
export const KNOWN_WORDS = new Set(
  `a account action allowed already amount an and api are at attempt bad balance be been blocked
  but by call callback cancelled channel check client code contact country created credentials
  currency customer denied direct does duplicate email error exist exists expired failed field fields
  for found from has have id in initialized initiated insufficient internal invalid ip is it
  key limit login maximum merchant message method minimum missing must name no not notify number of
  ok on one operation operator or otp param parameter parameters params password payment pending
  permission phone please provided reached redirect refused request required retry return server
  service status success successful successfully support system taken than the this to token
  transaction try type unable unauthenticated unauthorized unavailable unknown url used user valid
  value wallet was whitelisted withlisted with wrong you your`.split(/\s+/),
)
