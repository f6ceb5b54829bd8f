"""How commands show trees and traces to people."""
